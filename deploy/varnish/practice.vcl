# Varnish as the shared cache of the site: it keeps what the site calls public, and drops what a webhook names.
# It stands between the front server and the site. Debian: apt-get install varnish varnish-modules
# In .env: SURROGATE_KEY_HEADERS=xkey. The keys are known to the site and to Varnish, and to no visitor.
vcl 4.1;

import std;
import xkey;

backend site {
    .path = "/run/practice/web.sock";
    .first_byte_timeout = 60s;
}

# Whoever may say what to drop: the purger, on this machine.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # A request that came through the front server is a visitor's, though it comes from this machine.
        if (client.ip !~ purgers || req.http.X-Forwarded-Proto) {
            return (synth(403));
        }
        set req.http.X-Dropped = xkey.purge(req.http.xkey);
        return (synth(200, "Dropped " + req.http.X-Dropped));
    }
    # Varnish would add the front server to it: the site believes the address that the front server set.
    set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # An editor, and a visitor with a private token, are answered by the site itself.
    if (req.http.Authorization || req.http.Cookie ~ "(^|; )sessionid=") {
        return (pass);
    }
    # Other cookies, such as that of a form, reach the site: no public answer depends on them.
    return (hash);
}

sub vcl_hash {
    # Plain HTTP and HTTPS are told apart: the site redirects one to the other.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # Nothing is given after its time: it may have been withdrawn, and what it says of days was true until midnight.
    set beresp.grace = 0s;
    # What is not public, or sets a cookie, is asked for each time, and nobody waits for another's answer.
    if (beresp.http.Cache-Control !~ "public" || beresp.http.Cache-Control ~ "private|no-store" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
    }
    return (deliver);
}

# While the site itself does not answer.
sub vcl_backend_error {
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.body = std.fileread("/srv/practice/deploy/away.html");
    return (deliver);
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}

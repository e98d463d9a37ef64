"""nginx, and Varnish with its purger, by the files of `deploy/` with ports and folders of a test's own."""

import os
import re
import shlex
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tests.deploy.processes import DEPLOY, ROOT, Deployment, exec_start, free_port
from tests.factories.webhooks import EndpointFactory

VARNISH = shutil.which("varnishd", path="/usr/sbin:/usr/bin")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")


def nginx_configuration(deployed: Deployment) -> Path:
    """The shipped file, with ports, folders and a certificate of our own."""
    folder = deployed.folder
    certificate, key = self_signed(folder)
    site = (DEPLOY / "nginx" / "practice.conf").read_text()
    for shipped, ours in {
        "www.example.org;": "localhost;",
        "listen 127.0.0.1:9180;": f"listen 127.0.0.1:{deployed.metrics};",
        "listen 80;": f"listen 127.0.0.1:{deployed.http};",
        # By itself the system would hold more of a long page than nginx does.
        "listen 443 ssl": f"listen 127.0.0.1:{deployed.https} sndbuf=64k ssl",
        "/run/practice/": f"{folder}/",
        "/srv/practice/media/": f"{settings.MEDIA_ROOT}/",
        "root /srv/practice/deploy;": f"root {DEPLOY};",
        "/var/cache/nginx/practice": f"{folder}/cache",
        "/var/log/nginx/": f"{folder}/",
        "/etc/letsencrypt/live/www.example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/www.example.org/privkey.pem": str(key),
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",  # the port is no usual one
    }.items():
        assert shipped in site, shipped
        site = site.replace(shipped, ours)
    site = re.sub(r"^.*listen \[::\].*\n", "", site, flags=re.M)
    main = f"""
        daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-main.log;
        {"user root;" if os.geteuid() == 0 else ""}
        events {{ worker_connections 512; }}
        http {{
            access_log {folder}/nginx-default.log;
            types {{ text/html html; image/webp webp; image/avif avif; image/jpeg jpg jpeg; image/png png; }}
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            {site}
        }}
    """
    path = folder / "nginx.conf"
    path.write_text(main)
    return path


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


def varnish_command(folder: Path, port: int) -> list[str]:
    """The command of the shipped cache, that writes into this folder and asks the site at a socket there."""
    vcl = folder / "practice.vcl"
    shipped = (DEPLOY / "varnish" / "practice.vcl").read_text()
    vcl.write_text(shipped.replace("/run/practice/", f"{folder}/").replace("/srv/practice/", f"{ROOT}/"))
    command = exec_start("practice-cache.service")
    for shipped, ours in {
        "/usr/sbin/varnishd": str(VARNISH),
        "-j unix,user=vcache": f"-j none -n {folder}/varnish",  # a folder of this user alone
        "127.0.0.1:6081": f"127.0.0.1:{port}",
        "/srv/practice/deploy/varnish/practice.vcl": str(vcl),
    }.items():
        assert shipped in command, shipped
        command = command.replace(shipped, ours)
    return shlex.split(command)


def start_cache(deployed: Deployment) -> None:
    """Start Varnish, and the purger with the secret of an endpoint that hears of everything."""
    deployed.varnish, deployed.purger = free_port(), free_port()
    deployed.start("varnish", varnish_command(deployed.folder, deployed.varnish), PATH=os.environ["PATH"])
    endpoint = EndpointFactory(url=f"http://localhost:{deployed.purger}/")
    purger = exec_start("practice-purger.service")
    deployed.start(
        "purger",
        shlex.split(purger.replace("/usr/bin/python3", sys.executable).replace("/srv/practice/", f"{ROOT}/")),
        WEBHOOK_SECRET=endpoint.secrets.get().sealed_secret,
        PURGER_PORT=str(deployed.purger),
        VARNISH_PORT=str(deployed.varnish),
    )

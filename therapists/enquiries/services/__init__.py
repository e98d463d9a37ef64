"""Every write to an enquiry: each act has a module, which its callers import."""

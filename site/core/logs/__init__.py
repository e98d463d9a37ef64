"""What is logged, and how: one request id through web, jobs and mail, and nothing that tells of a person."""

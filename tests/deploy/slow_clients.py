"""What a client sends who is slow."""

#: Who reads it waits for the rest of the body.
HALF_A_REQUEST = (
    b"POST /api/v2/enquiries/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: 0b6a5a0e-0b6a-4a0e-8b6a-0b6a5a0e0b6a\r\nContent-Length: 20000\r\n\r\n" + b" " * 8000
)

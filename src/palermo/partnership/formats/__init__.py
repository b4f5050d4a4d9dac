"""Files of partnership: bytes to rows and back; hostile input gets one clear error."""

"""The service's face: FastAPI routers, one theme a file."""

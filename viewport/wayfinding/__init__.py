"""Never lost: where one may walk, what to frame, the way back, and how works fly from one layout to another."""

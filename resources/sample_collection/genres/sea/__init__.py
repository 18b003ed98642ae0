"""What sails on the sea and stands at its edge."""

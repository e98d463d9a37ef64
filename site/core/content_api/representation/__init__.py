"""How values look in answers: what models and serializers use, and nothing about requests or addresses."""

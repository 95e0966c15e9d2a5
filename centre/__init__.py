"""The competence centre's own rules: people, requests, their states, and who must hear of what."""

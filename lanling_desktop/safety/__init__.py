"""What keeps an office from being lost: backups, the trail between them, repair of damage."""

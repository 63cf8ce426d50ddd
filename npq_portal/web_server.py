"""How gunicorn serves the portal, here and in production: `gunicorn -c python:npq_portal.web_server`."""

from gunicorn.http import message

worker_class = "gthread"
# A thread is held by a sender who is slow with a form, so there are more of them than database connections.
threads = 16
control_socket_disable = True
# A search may be long: 5,000 letters, which a browser sends as up to 60,000 bytes. Gunicorn's own most is 8,190,
# and its "unlimited" would keep in memory whatever a sender cares to send.
limit_request_line = message.MAX_REQUEST_LINE = 65_536

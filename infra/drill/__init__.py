"""A played day: students, officers and a control room who know the service by HTTP and Socket.IO alone."""

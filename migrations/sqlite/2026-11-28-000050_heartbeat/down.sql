DELETE FROM heartbeat;

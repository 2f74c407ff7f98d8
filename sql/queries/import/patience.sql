-- Makes the server wait for a slow source: by default it gives up on a client that is silent for 30 seconds in LOAD DATA.
-- No parameters; of this session only; seconds.
SET SESSION net_read_timeout = 86400, SESSION net_write_timeout = 86400, SESSION wait_timeout = 86400

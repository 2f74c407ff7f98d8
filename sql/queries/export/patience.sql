-- Makes the server wait for a slow receiver. No parameters; of this session only; seconds.
SET SESSION net_write_timeout = 86400, SESSION wait_timeout = 86400

-- The cipher and the TLS version of this connection; both are empty where it is not encrypted. No table is read.
SHOW SESSION STATUS WHERE Variable_name IN ('Ssl_cipher', 'Ssl_version')

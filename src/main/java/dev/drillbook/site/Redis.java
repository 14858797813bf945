package dev.drillbook.site;

import java.nio.file.Path;
import redis.clients.jedis.Jedis;

/**
 * A Redis server, with a password. Scripts find REDIS_HOST, REDIS_PORT, REDISCLI_AUTH and
 * REDIS_DIR, the folder that holds its files.
 */
public interface Redis extends Store {

  /** A connection that goes straight to the server. Whoever asked for it closes it. */
  Jedis connect();

  /** The file that it saves its keys to and loads them from when it starts. */
  Path rdbFile();
}

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

  /**
   * Replaces all that it holds by what an RDB file does, and runs it.
   *
   * @throws dev.drillbook.timeline.DrillException if there is no such file, or the server does not
   *     come up with it, as with a damaged one
   */
  void load(Path rdb);

  /** The file that it saves its keys to and loads them from when it starts. */
  Path rdbFile();
}

package dev.drillbook.snapshot;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Redis;
import dev.drillbook.timeline.DrillException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads what stores hold, entry by entry, in memory that does not grow with the store: keys are
 * kept up to a million of them or 64 MiB. Nobody may write meanwhile, or the image is of no one
 * moment.
 *
 * <p>Each throws a {@link DrillException} where the store does not answer.
 */
public final class StoreImages {
  private StoreImages() {}

  /** Every collection of the database: documents to the bit, options and indexes. */
  public static StoreImage read(Mongo store) {
    return read(store, KeyBudget.standard());
  }

  /** Every key of every logical database: its type, its value, and when it expires. */
  public static StoreImage read(Redis store) {
    return read(store, KeyBudget.standard());
  }

  /** The current version of every object of every bucket, and whether buckets keep versions. */
  public static StoreImage read(ObjectStore store) {
    return read(store, KeyBudget.standard());
  }

  static StoreImage read(Mongo store, KeyBudget budget) {
    try (MongoClient client = store.connect()) {
      return new MongoReader(client.getDatabase(store.database()), budget).read();
    } catch (MongoException e) {
      throw unread(store.name(), e);
    }
  }

  static StoreImage read(Redis store, KeyBudget budget) {
    try (Jedis redis = store.connect()) {
      return new RedisReader(redis, budget).read();
    } catch (JedisException e) {
      throw unread(store.name(), e);
    }
  }

  static StoreImage read(ObjectStore store, KeyBudget budget) {
    try (S3Client s3 = store.connect()) {
      return new ObjectReader(s3, budget).read();
    } catch (SdkException e) {
      throw unread(store.name(), e);
    }
  }

  private static DrillException unread(String name, RuntimeException e) {
    return new DrillException(
        "what " + name + " holds could not be read: " + e.getMessage(), "is it up? see its log", e);
  }
}

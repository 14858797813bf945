package dev.drillbook.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.drillbook.site.Mongo;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Ransomware in the database: every text of the documents that chance picks, nested ones included,
 * is replaced by what AES-256-GCM makes of it, with a key that nobody keeps. Ids stay.
 */
@About(
    kind = About.Kind.DATA,
    does = "encrypts the texts of documents, nested ones too",
    hits = "MongoDB",
    needs = "it runs",
    bites = "texts were encrypted")
public record EncryptDocuments(Mongo target, String collection, Extent extent) implements Fault {

  public static Fault encryptDocuments(Mongo target, String collection, Extent extent) {
    return new EncryptDocuments(target, collection, extent);
  }

  @Override
  public String name() {
    return "encrypt "
        + extent.text()
        + " of the documents of "
        + collection
        + " in "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "encrypted");
    try (MongoClient client = target.connect()) {
      MongoCollection<BsonDocument> documents =
          PickedDocuments.collection(client, target, collection);
      PickedDocuments picked = PickedDocuments.of(documents, extent, scene.chance());
      Cipher cipher = new Cipher(scene.chance());
      AtomicLong texts = new AtomicLong();
      for (BsonValue id : picked.ids()) {
        BsonDocument plain = documents.find(Filters.eq("_id", id)).first();
        if (plain != null) {
          BsonDocument sealed = encrypt(plain, cipher, texts).asDocument();
          sealed.put("_id", id);
          documents.replaceOne(Filters.eq("_id", id), sealed);
        }
      }
      List<String> hit = picked.describe(collection);
      return ActiveFault.over(
          hit, () -> Bite.of(texts.get() > 0, texts.get() + " texts were encrypted"));
    }
  }

  private static BsonValue encrypt(BsonValue value, Cipher cipher, AtomicLong texts) {
    if (value.isString()) {
      texts.incrementAndGet();
      return new BsonString(cipher.encrypt(value.asString().getValue()));
    }
    if (value.isDocument()) {
      BsonDocument sealed = new BsonDocument();
      value.asDocument().forEach((key, inner) -> sealed.put(key, encrypt(inner, cipher, texts)));
      return sealed;
    }
    if (value.isArray()) {
      BsonArray sealed = new BsonArray();
      value.asArray().forEach(inner -> sealed.add(encrypt(inner, cipher, texts)));
      return sealed;
    }
    return value;
  }
}

package dev.drillbook.site.embedded.standin;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Comparator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A database whose collections keep their documents over a rename and a restart. The library looks
 * for the maps of a renamed collection under its new name, where they are not; and to drop a
 * database it drops whatever begins with its name, "shop_copy" along with "shop".
 */
final class DurableDatabase extends H2Database {
  private static final String DOCUMENTS = "databases.";
  private static final String SIZES = "meta.";
  private static final String INDEX = "._index_";
  private static final String SYSTEM = "system.";

  private final MVStore store;

  DurableDatabase(String name, MVStore store, CursorRegistry cursors) {
    super(name, store, cursors);
    this.store = store;
  }

  @Override
  public void moveCollection(
      MongoDatabase oldDatabase, MongoCollection<?> collection, String newCollectionName) {
    String was = collection.getFullName();
    super.moveCollection(oldDatabase, collection, newCollectionName);
    String is = collection.getFullName();
    rename(DOCUMENTS + was, DOCUMENTS + is);
    rename(SIZES + was, SIZES + is);
    List<String> indexes =
        store.getMapNames().stream().filter(name -> name.startsWith(was + INDEX)).toList();
    indexes.forEach(name -> rename(name, is + name.substring(was.length())));
  }

  private void rename(String was, String is) {
    if (store.hasMap(is)) {
      store.removeMap(is);
    }
    MVMap<Object, Object> map = store.openMap(was);
    store.renameMap(map, is);
  }

  @Override
  public void drop(Oplog oplog) {
    String prefix = DOCUMENTS + getDatabaseName() + ".";
    List<String> collections =
        store.getMapNames().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .filter(name -> resolveCollection(name, false) != null)
            // The library's own notes last, since dropping the others changes them.
            .sorted(Comparator.comparing(name -> name.startsWith(SYSTEM)))
            .toList();
    collections.stream()
        .filter(name -> !name.equals("system.namespaces"))
        .forEach(name -> dropCollection(name, oplog));
    if (resolveCollection("system.namespaces", false) != null) {
      dropCollection("system.namespaces", oplog);
    }
  }
}

package dev.drillbook.site.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * The passwords of a PostgreSQL cluster. Its standby has them too, and so has every server for the
 * same database and user: whoever restores a copy of the files there restores these with them.
 */
final class Logins {
  private final String admin = Passwords.next();
  private final String replicator = Passwords.next();
  private final List<String> replaced = new ArrayList<>();
  private String application = Passwords.next();

  synchronized String application() {
    return application;
  }

  String admin() {
    return admin;
  }

  String replicator() {
    return replicator;
  }

  synchronized void replaceApplication(String next) {
    replaced.add(application);
    application = next;
  }

  /** What the application's was before. */
  synchronized List<String> replaced() {
    return List.copyOf(replaced);
  }

  /** Every one that is or was in use. */
  synchronized List<String> all() {
    List<String> all = new ArrayList<>(List.of(application, admin, replicator));
    all.addAll(replaced);
    return all;
  }
}

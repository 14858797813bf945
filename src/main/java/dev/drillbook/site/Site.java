package dev.drillbook.site;

import dev.drillbook.plan.BackupPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where one run of one drill happens. A site is made cold; its components are handles that start
 * nothing until they are told to. Closing it ends all its processes and removes all its files.
 */
public interface Site extends AutoCloseable {

  /** Its kind, e.g. "embedded". */
  String name();

  /**
   * The PostgreSQL server that the plan declares under {@code name}.
   *
   * @throws dev.drillbook.timeline.DrillException if the plan declares none of that name and kind
   */
  Postgres postgres(String name);

  /** The MongoDB server that the plan declares under {@code name}; errors likewise. */
  Mongo mongo(String name);

  /** The S3 object store that the plan declares under {@code name}; errors likewise. */
  ObjectStore objectStore(String name);

  /**
   * The Redis server that the plan declares under {@code name}; errors as for {@link #postgres}.
   */
  Redis redis(String name);

  /** The standby that the plan declares under {@code name}; errors as for {@link #postgres}. */
  PostgresStandby standby(String name);

  /** The app that the plan declares under {@code name}; errors as for {@link #postgres}. */
  App app(String name);

  /**
   * The address that the plan declares under {@code name}; errors as for {@link #postgres}. Who
   * asks for it asks for the component that it leads to as well.
   */
  ServiceAddress address(String name);

  /**
   * Brings every component that was asked for up, stores first: provisioned, with schema and seed
   * data, and serving.
   */
  void bringUp();

  /** Where the backups of {@code policy} lie. */
  Path backupFolder(BackupPolicy policy);

  /** Where faults say how they are undone. */
  UndoJournal undoJournal();

  /** The components that were asked for. */
  List<Component> components();

  /** What plays each component, and the network between them, for reports. */
  List<String> describe();

  /** What must never appear in a transcript, report or record. */
  Set<String> secrets();

  /** How to reach what runs, for somebody who wants to look at a site that was kept. */
  String howToConnect();

  /** Leaves processes and files in place when the site is closed. */
  void keep();

  /** What closing it could not end or remove, in words; empty before it is closed. */
  List<String> leftovers();

  /**
   * Ends all processes and removes all files, whatever state they are in; never throws for what is
   * already gone.
   */
  @Override
  void close();
}

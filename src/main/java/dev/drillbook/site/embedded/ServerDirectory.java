package dev.drillbook.site.embedded;

import dev.drillbook.site.Command;
import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The data directory of a server of this site, into which a copy of another's may be put. */
final class ServerDirectory implements DataDirectory {
  private static final Duration LOGINS_WITHIN = Duration.ofMinutes(10);

  /** Of the copied server, or about it; a new postmaster or ours writes them anew. */
  private static final List<String> STALE =
      List.of(
          "postmaster.pid",
          "postmaster.opts",
          "standby.signal",
          "recovery.signal",
          "recovery.conf",
          "postgresql.auto.conf",
          "postgresql.conf",
          "pg_hba.conf",
          "pg_ident.conf");

  /** The line of postmaster.pid that says whether clients are taken (pidfile.h). */
  private static final int STATUS_LINE = 7;

  private static final int EVENT_TRIGGERS_SINCE = 17;

  private final EmbeddedPostgres server;

  ServerDirectory(EmbeddedPostgres server) {
    this.server = server;
  }

  @Override
  public Path path() {
    return server.dataFolder();
  }

  @Override
  public void empty() {
    synchronized (server) {
      if (server.isRunning()) {
        server.process.kill();
      }
      server.empty();
    }
  }

  @Override
  public void fill(Path copy) {
    try {
      Files.delete(path());
      Files.move(copy, path());
      Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new DrillException(
          copy + " could not be moved to " + path() + ": " + e, "check the file system", e);
    }
    share(path());
  }

  @Override
  public void share(Path folder) {
    server.site.host().own(folder);
  }

  @Override
  public Command program(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\"", named(name)));
    all.addAll(List.of(arguments));
    return asServer(name, all);
  }

  /** A program of the server's own is never another's of that name. */
  private String named(String program) {
    return program.startsWith("pg_") ? server.programs.command(program) : program;
  }

  private Command asServer(String label, List<String> command) {
    return server
        .site
        .command(
            server.name(),
            label,
            server.site.host().asServer(command),
            server::programEnvironment,
            server.site.folder())
        .with("LC_ALL", () -> "C");
  }

  @Override
  public List<String> recover(Map<String, String> settings, Duration limit) {
    synchronized (server) {
      prepare(settings);
      List<String> command =
          List.of(
              server.programs.command("postgres"),
              "-D",
              path().toString(),
              "-p",
              String.valueOf(server.port));
      server.startProcess(command, true, path(), server.programEnvironment());
      awaitPromotion(limit);
      List<String> log = server.logTail(Integer.MAX_VALUE);
      server.stop();
      makeLogins();
      server.start();
      return log;
    }
  }

  private void prepare(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(
        Map.of(
            "archive_mode", "off",
            // Subscriptions come with the copy: it would take changes from the server's publisher.
            "max_logical_replication_workers", "0",
            // What came back is to be looked at as it came.
            "autovacuum", "off",
            // Recovery demands a hot standby to be as large as the server that it copies.
            "hot_standby", "off",
            "lc_messages", "C",
            "ssl", "off"));
    if (major() >= EVENT_TRIGGERS_SINCE) {
      all.put("event_triggers", "off");
    }
    String text =
        server.settings()
            + all.entrySet().stream()
                .map(each -> each.getKey() + " = '" + escaped(each.getValue()) + "'\n")
                .collect(Collectors.joining());
    try {
      for (String stale : STALE) {
        Files.deleteIfExists(path().resolve(stale));
      }
      Files.writeString(path().resolve("postgresql.conf"), text);
      // The administrator and the application alone: other roles have passwords of production's.
      Files.writeString(
          path().resolve("pg_hba.conf"),
          "host all %s,%s all scram-sha-256\n"
              .formatted(EmbeddedPostgres.ADMIN, EmbeddedPostgres.quoted(server.role())));
      Files.writeString(path().resolve("pg_ident.conf"), "");
      Files.writeString(path().resolve("recovery.signal"), "");
    } catch (IOException e) {
      throw new DrillException(
          "the settings in " + path() + " could not be written: " + e, "is the disk full?", e);
    }
    share(path());
  }

  private int major() {
    try {
      return Integer.parseInt(Files.readString(path().resolve("PG_VERSION")).strip());
    } catch (IOException | NumberFormatException e) {
      throw new DrillException(
          "PG_VERSION in " + path() + " says no version: " + e,
          "is it the data directory of a PostgreSQL server?",
          e);
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "''");
  }

  /** By its own note: nobody may log in yet who could ask it. */
  private void awaitPromotion(Duration limit) {
    Path note = path().resolve("postmaster.pid");
    long started = System.nanoTime();
    while (!status(note).startsWith("ready")) {
      if (!server.process.isAlive()) {
        throw server.notUp("has ended");
      }
      if (System.nanoTime() - started > limit.toNanos()) {
        throw server.notUp("still replays WAL after " + limit.toMinutes() + " min");
      }
      Pauses.millis(10);
    }
  }

  private static String status(Path note) {
    try {
      List<String> lines = Files.readString(note, StandardCharsets.ISO_8859_1).lines().toList();
      return lines.size() > STATUS_LINE ? lines.get(STATUS_LINE) : "";
    } catch (IOException notYet) {
      return "";
    }
  }

  /**
   * Without any server that could be logged into: a backend that is alone is the first superuser,
   * whatever that is called, and asks for no password. It reads no settings of roles either
   * (process_settings in postinit.c). A statement that fails is followed by the next one.
   */
  private void makeLogins() {
    Path statements = server.site.folder().resolve(server.name() + ".logins.sql");
    try {
      SiteFolder.writeSecret(statements, loginStatements());
      server.site.host().own(statements);
      asServer(
              "postgres --single",
              List.of(
                  "/bin/sh",
                  "-c",
                  "exec \"$0\" --single -D \"$1\" template1 < \"$2\"",
                  server.programs.command("postgres"),
                  path().toString(),
                  statements.toString()))
          .perform(new Transcript(server.site.secrets()), LOGINS_WITHIN);
    } catch (IOException e) {
      throw new DrillException(
          statements + " could not be written: " + e,
          Diagnosis.of(List.of(String.valueOf(e.getMessage())), "is the disk full?"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while the logins of " + server.name() + " were made", "run it again", e);
    } finally {
      statements.toFile().delete();
    }
  }

  private String loginStatements() {
    String admin = EmbeddedPostgres.ADMIN;
    return String.join(
        "\n",
        "create role " + admin,
        "alter role %s superuser login connection limit -1 valid until 'infinity' password '%s'"
            .formatted(admin, server.logins.admin()),
        "alter role %s password '%s'"
            .formatted(EmbeddedPostgres.quoted(server.role()), server.logins.application()),
        "update pg_db_role_setting set setconfig ="
            + " array(select s from unnest(setconfig) s where s not like '%\\_preload\\_libraries=%')"
            + " where setconfig::text like '%\\_preload\\_libraries=%'",
        "");
  }
}

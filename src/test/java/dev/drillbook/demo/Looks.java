package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How tests look into backups. */
final class Looks {
  private static final Installations PROGRAMS = MadeDemo.PROGRAMS;

  private Looks() {}

  static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    assertThat(names).as(folder + " is a folder").isNotNull();
    return Stream.of(names).sorted().toList();
  }

  static boolean checksumFits(Path file) throws Exception {
    String sums = file + ".sha256";
    assertThat(Path.of(sums)).content().endsWith("  " + file.getFileName() + "\n");
    String digest = run("sha256sum", file.toString()).output();
    return Files.readString(Path.of(sums)).startsWith(digest.substring(0, 64));
  }

  static String gunzip(Path file) throws IOException {
    return Damage.gunzipped(Files.readAllBytes(file));
  }

  static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
    }
  }

  static String sql(Path dump) throws Exception {
    Answer answer = run("pg_restore", "--file=-", dump.toString());
    assertThat(answer.exit()).as(answer.output()).isZero();
    return answer.output();
  }

  /** How many rows a dump has of a table. */
  static long rows(String sql, String table) {
    int copy = sql.indexOf("\nCOPY " + table + " (");
    if (copy < 0) {
      return 0;
    }
    int from = sql.indexOf('\n', copy + 1) + 1;
    return sql.substring(from, sql.indexOf("\\.\n", from)).lines().count();
  }

  record Answer(int exit, String output) {}

  static Answer run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(program.startsWith("pg_") ? PROGRAMS.postgres("db").command(program) : program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    PROGRAMS.postgres("db").applyTo(builder.environment());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }
}

package dev.drillbook.unpacking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes stored backups for tests, with the machine's own tools. */
final class BackupMaker {
  static final String SQL =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 15.4 (Debian 15.4-1)
      -- Dumped by pg_dump version 16.1

      SET standard_conforming_strings = on;
      CREATE TABLE t (v text);
      COPY t (v) FROM stdin;
      one
      two\\n
      \\.

      --
      -- PostgreSQL database dump complete
      --

      """;

  private final Path folder;

  BackupMaker(Path folder) {
    this.folder = folder;
  }

  Path target() throws IOException {
    return Files.createTempDirectory(folder, "target");
  }

  static Stored stored(String name, byte[] content) {
    return new Stored(name, content.length, () -> new ByteArrayInputStream(content));
  }

  static byte[] sql() {
    return SQL.getBytes(StandardCharsets.UTF_8);
  }

  /** What a tool makes of this input. */
  byte[] through(byte[] input, String... command) throws Exception {
    Path in = Files.createTempFile(folder, "in", "");
    Path out = Files.createTempFile(folder, "out", "");
    Files.write(in, input);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("stderr"))).isZero();
    return Files.readAllBytes(out);
  }

  /** Adds entries to an archive. */
  interface Entries {
    void to(TarArchiveOutputStream tar) throws IOException;
  }

  static byte[] tar(Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      entries.to(tar);
    }
    return bytes.toByteArray();
  }

  static void put(TarArchiveOutputStream tar, String name, String content) throws IOException {
    put(tar, new TarArchiveEntry(name, true), content);
  }

  static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  Unpacked unpack(String name, byte[] content) throws IOException {
    return unpack(Limits.STANDARD, Optional.empty(), stored(name, content));
  }

  Unpacked unpack(Limits limits, Optional<Decryption> key, Stored... files) throws IOException {
    return new Unpacker(limits, key).unpack(List.of(files), target(), Optional.<Format>empty());
  }

  Optional<Decryption> keyFile(String content, String... cipher) throws IOException {
    Files.writeString(folder.resolve("the.key"), content);
    return Optional.of(
        new Decryption(
            new RestoreCheck.Key(Optional.of("the.key"), Optional.empty(), List.of(cipher)),
            withOwnKeys(System.getenv()),
            folder));
  }

  /** Where keys are put while they are needed: a folder of this test's. */
  Path keys() {
    return folder.resolve("keys");
  }

  private Map<String, String> withOwnKeys(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("TMPDIR", keys().toString());
    return all;
  }

  Optional<Decryption> keyIn(Map<String, String> environment, String variable) {
    return Optional.of(
        new Decryption(
            new RestoreCheck.Key(Optional.empty(), Optional.of(variable), List.of()),
            withOwnKeys(environment),
            Path.of("/nowhere")));
  }

  /** Everything in the test's folder but what tests put there themselves. */
  List<String> inTargets() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> folder.relativize(path).toString())
          .filter(path -> path.startsWith("target") && path.contains("/"))
          .toList();
    }
  }
}

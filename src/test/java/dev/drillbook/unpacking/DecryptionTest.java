package dev.drillbook.unpacking;

import static dev.drillbook.unpacking.BackupMaker.sql;
import static dev.drillbook.unpacking.BackupMaker.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptionTest {
  private static final String SECRET = "correct horse battery staple";

  @TempDir Path folder;
  private BackupMaker maker;

  @BeforeEach
  void make() throws IOException {
    maker = new BackupMaker(folder);
    Files.createDirectories(maker.keys());
  }

  @AfterEach
  void noKeyStaysBehind() {
    assertThat(maker.keys()).isEmptyDirectory();
  }

  @Test
  void aPassphraseOfGpgComesFromTheEnvironment() throws Exception {
    byte[] encrypted = symmetric(maker.through(sql(), "gzip", "-c"));

    Unpacked unpacked =
        maker.unpack(
            Limits.STANDARD,
            maker.keyIn(with("BACKUP_KEY", SECRET), "BACKUP_KEY"),
            stored("shop.sql.gz.gpg", encrypted));

    assertThat(unpacked.format()).isEqualTo(Format.SQL);
    assertThat(unpacked.path()).hasFileName("shop.sql").hasBinaryContent(sql());
    assertThat(unpacked.stages())
        .extracting(Stage::name)
        .containsExactly("download", "decrypt", "decompress", "extract");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--armor", "--no-armor"})
  void aPrivateKeyOfGpgComesFromAFile(String armor) throws Exception {
    Path home = gpgHome();
    String key =
        new String(
            gpg(home, new byte[0], "--armor", "--export-secret-keys"), StandardCharsets.UTF_8);
    byte[] encrypted =
        gpg(home, sql(), armor, "--trust-model", "always", "-r", "backup", "--encrypt");
    endAgent(home);

    assertThat(
            maker
                .unpack(Limits.STANDARD, maker.keyFile(key), stored("shop.sql.gpg", encrypted))
                .path())
        .hasBinaryContent(sql());

    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD, maker.keyFile(SECRET), stored("shop.sql.gpg", encrypted)))
        .hasMessageContaining("shop.sql.gpg cannot be decrypted by gpg: ")
        .hasMessageContaining("No secret key");
  }

  @Test
  void aWrongPassphraseIsNotInTheMessage() throws Exception {
    byte[] encrypted = symmetric(sql());
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyFile("wrong-passphrase"),
                    stored("shop.sql.gpg", encrypted)))
        .hasMessageContaining("shop.sql.gpg cannot be decrypted by gpg")
        .hasMessageContaining("wrong key")
        .hasMessageNotContaining("wrong-passphrase");
    assertThat(maker.inTargets()).isEmpty();
  }

  @Test
  void whatGpgGetsCutOffIsNoBackup() throws Exception {
    byte[] encrypted = symmetric(BackupMaker.tar(t -> BackupMaker.put(t, "a", "x".repeat(9999))));
    for (int length : new int[] {60, encrypted.length / 2, encrypted.length - 1}) {
      byte[] cut = Arrays.copyOf(encrypted, length);
      assertThatThrownBy(
              () ->
                  maker.unpack(
                      Limits.STANDARD, maker.keyFile(SECRET), stored("files.tar.gpg", cut)))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("files.tar.gpg");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-aes-256-cbc -pbkdf2", "-aes-128-ctr -pbkdf2 -iter 1000 -a"})
  void opensslNeedsItsOptions(String cipher) throws Exception {
    String[] options = cipher.split(" ", -1);
    byte[] encrypted = openssl(sql(), options);

    assertThat(
            maker
                .unpack(
                    Limits.STANDARD,
                    maker.keyFile(SECRET, options),
                    stored("shop.sql.enc", encrypted))
                .path())
        .hasBinaryContent(sql());
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD, maker.keyFile(SECRET), stored("shop.sql.enc", encrypted)))
        .hasMessageContaining("add openssl: to the plan's key");
  }

  @Test
  void aWrongKeyOfOpensslShowsByWhatComesOfIt() throws Exception {
    byte[] large = Arrays.copyOf(sql(), 500_000);
    Arrays.fill(large, sql().length, large.length, (byte) '\n');
    for (byte[] content : List.of(sql(), large)) {
      byte[] encrypted = openssl(content, "-aes-256-ctr", "-pbkdf2");
      assertThatThrownBy(
              () ->
                  maker.unpack(
                      Limits.STANDARD,
                      maker.keyFile("wrong", "-aes-256-ctr", "-pbkdf2"),
                      stored("shop.sql.enc", encrypted)))
          .hasMessageContaining("is nothing that is known once openssl has decrypted it")
          .hasMessageContaining("wrong key or options");
    }
  }

  @Test
  void aKeyIsNotAnOptionOfAPlan() throws Exception {
    byte[] encrypted = openssl(sql(), "-aes-256-cbc", "-pbkdf2");
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyFile(SECRET, "-aes-256-cbc", "-k", SECRET),
                    stored("shop.sql.enc", encrypted)))
        .hasMessageContaining("openssl's option -k is not for a plan")
        .hasMessageNotContaining(SECRET);
  }

  /** A stand-in for age's command line; what it does is no encryption. */
  @Test
  void ageGetsItsIdentityInAFileThatNobodyElseReads() throws Exception {
    fakeAge(
        """
        [ "$1 $2" = "--decrypt --identity" ] || exit 3
        [ "$(stat -c %%a "$3")" = 600 ] || exit 4
        [ "$(stat -c %%a "$(dirname "$3")")" = 700 ] || exit 5
        grep -q AGE-SECRET-KEY-1TEST "$3" || { echo "age: error: no identity matched" >&2; exit 1; }
        tr '\\0' ' ' < /proc/$$/cmdline > %s/cmdline
        tail -n +2
        """
            .formatted(folder));
    byte[] encrypted =
        ("age-encryption.org/v1\n" + BackupMaker.SQL).getBytes(StandardCharsets.UTF_8);

    Unpacked unpacked =
        maker.unpack(
            Limits.STANDARD,
            maker.keyIn(fakePath("AGE-SECRET-KEY-1TEST"), "K"),
            stored("shop.sql.age", encrypted));

    assertThat(unpacked.path()).hasBinaryContent(sql());
    assertThat(folder.resolve("cmdline")).content().doesNotContain("AGE-SECRET");
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyIn(fakePath("AGE-SECRET-KEY-1OTHER"), "K"),
                    stored("shop.sql.age", encrypted)))
        .hasMessageContaining("cannot be decrypted by age: age: error: no identity matched")
        .hasMessageNotContaining("1OTHER");
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyIn(fakePath(SECRET), "K"),
                    stored("shop.sql.age", encrypted)))
        .hasMessageContaining("the key in the environment's K is no identity");
  }

  @Test
  void aToolThatFailsLateHasDecryptedNothing() throws Exception {
    fakeAge("tail -n +2; exit 1");
    byte[] encrypted =
        ("age-encryption.org/v1\n" + BackupMaker.SQL).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyIn(fakePath("AGE-SECRET-KEY-1TEST"), "K"),
                    stored("shop.sql.age", encrypted)))
        .hasMessageContaining("cannot be decrypted by age: exit code 1");
    assertThat(maker.inTargets()).isEmpty();
  }

  @Test
  void aToolThatTakesNothingIsEndedWhenUnpackingIsGivenUp() throws Exception {
    fakeAge("echo $$ > %s/pid; cat > /dev/null; yes ' '; sleep 1000".formatted(folder));
    byte[] encrypted =
        ("age-encryption.org/v1\n" + BackupMaker.SQL).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    maker.keyIn(fakePath("AGE-SECRET-KEY-1TEST"), "K"),
                    stored("shop.sql.age", encrypted)))
        .isInstanceOf(DrillException.class);
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    byte[] encrypted = symmetric(sql());
    Stored file = stored("shop.sql.gpg", encrypted);
    assertThatThrownBy(() -> maker.unpack(Limits.STANDARD, Optional.empty(), file))
        .hasMessageContaining("the backup is encrypted, and the plan names no key for it");
    assertThatThrownBy(
            () -> maker.unpack(Limits.STANDARD, maker.keyIn(Map.of(), "BACKUP_KEY"), file))
        .hasMessageContaining("the environment has no BACKUP_KEY");
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD, maker.keyIn(Map.of("K", SECRET, "PATH", "/x"), "K"), file))
        .hasMessageContaining("encrypted with gpg, which is not on the PATH");
    assertThatThrownBy(() -> maker.unpack(Limits.STANDARD, maker.keyFile(" \n"), file))
        .hasMessageContaining("the key file the.key is empty");
    Optional<Decryption> gone = maker.keyFile(SECRET);
    Files.delete(folder.resolve("the.key"));
    assertThatThrownBy(() -> maker.unpack(Limits.STANDARD, gone, file))
        .hasMessageContaining("the backups' key cannot be read from " + folder.resolve("the.key"));
    assertThatThrownBy(() -> maker.unpack(Limits.STANDARD, maker.keyFile("AGE-SECRET-KEY-1"), file))
        .hasMessageContaining("encrypted with gpg, but the key file the.key is an identity of age");
  }

  private byte[] symmetric(byte[] content) throws Exception {
    Path pass = Files.writeString(folder.resolve("pass"), SECRET);
    Path home = Files.createDirectories(folder.resolve("h"));
    byte[] encrypted =
        gpg(
            home,
            content,
            "--pinentry-mode",
            "loopback",
            "--passphrase-file",
            pass.toString(),
            "--symmetric");
    endAgent(home);
    return encrypted;
  }

  private byte[] openssl(byte[] content, String... options) throws Exception {
    Path pass = Files.writeString(folder.resolve("pass"), SECRET);
    return maker.through(
        content,
        Stream.of(
                Stream.of("openssl", "enc"), Stream.of(options), Stream.of("-pass", "file:" + pass))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private Path gpgHome() throws Exception {
    Path home = Files.createDirectories(folder.resolve("h"));
    gpg(home, new byte[0], "--passphrase", "", "--quick-generate-key", "backup", "default");
    return home;
  }

  private byte[] gpg(Path home, byte[] input, String... options) throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    return maker.through(
        input,
        Stream.concat(
                Stream.of("gpg", "--batch", "--quiet", "--homedir", home.toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private void endAgent(Path home) throws Exception {
    maker.through(new byte[0], "gpgconf", "--homedir", home.toString(), "--kill", "all");
  }

  private void fakeAge(String does) throws IOException {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("age");
    Files.writeString(program, "#!/bin/sh\n" + does);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Map<String, String> fakePath(String key) {
    return Map.of("PATH", folder.resolve("bin").toString(), "K", key);
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.put(variable, value);
    return all;
  }
}

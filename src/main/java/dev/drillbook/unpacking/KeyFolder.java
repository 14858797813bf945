package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder that nobody else can look into, with the key for as long as tools need it. A key is
 * never on a command line, where every user of the machine could read it.
 */
final class KeyFolder implements AutoCloseable {

  /** What would put a key on the command line, or read or write something else. */
  private static final Set<String> REFUSED =
      Set.of("-k", "-K", "-pass", "-kfile", "-in", "-out", "-e", "-p", "-P");

  private static final int WAIT_SECONDS = 60;

  private final Decryption decryption;
  private final Path folder;
  private final Path keyFile;
  private final byte[] material;
  private boolean imported;

  private KeyFolder(Decryption decryption, Path folder, Path keyFile, byte[] material) {
    this.decryption = decryption;
    this.folder = folder;
    this.keyFile = keyFile;
    this.material = material;
  }

  static KeyFolder open(Decryption decryption) {
    byte[] material = decryption.material();
    try {
      // Not below the target: the socket of gpg's agent needs a short path.
      Path folder =
          Files.createTempDirectory(
              Path.of(
                  decryption
                      .environment()
                      .getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir"))),
              "drillbook-key",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file =
          Files.createFile(
              folder.resolve("key"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, material);
      return new KeyFolder(decryption, folder, file, material);
    } catch (IOException e) {
      throw new CannotUnpackHere(
          "there is no private place for the backups' key: " + e.getMessage(),
          "check the folder for temporary files",
          e);
    }
  }

  /** The command that turns what is encrypted so into what is not, from its input to its output. */
  ToolStream.Tool tool(Layer layer) {
    List<String> command =
        switch (layer) {
          case GPG -> gpg();
          case AGE -> age();
          case OPENSSL -> openssl();
          default -> throw new IllegalStateException(layer.word() + " is no encryption");
        };
    return tool(command);
  }

  private ToolStream.Tool tool(List<String> command) {
    return new ToolStream.Tool(
        command, decryption.key().variable().stream().toList(), this::withoutSecrets);
  }

  private List<String> gpg() {
    if (begins("AGE-SECRET-KEY-") || begins("# created:")) {
      throw wrongKind("gpg", "an identity of age");
    }
    List<String> command = new ArrayList<>(gpgBase());
    boolean isKey = text().contains("-----BEGIN PGP PRIVATE KEY") || OpenPgp.isSecretKey(material);
    if (!isKey) {
      command.addAll(
          List.of("--pinentry-mode", "loopback", "--passphrase-file", keyFile.toString()));
    } else if (!imported) {
      importKey();
      imported = true;
    }
    command.add("--decrypt");
    return command;
  }

  private List<String> gpgBase() {
    return List.of(
        decryption.program("gpg").toString(),
        "--batch",
        "--no-tty",
        "--quiet",
        "--no-auto-key-locate",
        "--homedir",
        folder.toString());
  }

  private void importKey() {
    List<String> command = new ArrayList<>(gpgBase());
    command.add("--import");
    try (ToolStream imports =
        ToolStream.start(tool(command), Files.newInputStream(keyFile), this::notImported)) {
      imports.readAllBytes();
    } catch (IOException e) {
      throw notImported(e.getMessage());
    }
  }

  private DrillException notImported(String said) {
    return new DrillException(
        "gpg does not take " + decryption.place() + ": " + said,
        "export it with gpg --export-secret-keys, without a passphrase");
  }

  private List<String> age() {
    if (begins("age-encryption.org/") || begins("-----BEGIN AGE")) {
      throw wrongKind("age", "an identity that is encrypted itself");
    }
    if (!text().contains("AGE-SECRET-KEY-")
        && !begins("-----BEGIN")
        && !text().contains("AGE-PLUGIN-")) {
      throw wrongKind("age", "no identity, as age-keygen and ssh-keygen write them");
    }
    return List.of(
        decryption.program("age").toString(), "--decrypt", "--identity", keyFile.toString());
  }

  private List<String> openssl() {
    List<String> cipher = decryption.key().cipher();
    if (cipher.isEmpty()) {
      throw new DrillException(
          "the backup is encrypted with openssl, which writes down nothing of how",
          "add openssl: to the plan's key, with the options of the encryption: -aes-256-cbc -pbkdf2");
    }
    cipher.stream()
        .filter(REFUSED::contains)
        .findFirst()
        .ifPresent(
            option -> {
              throw new DrillException(
                  "openssl's option " + option + " is not for a plan",
                  "name cipher and derivation only; the key comes from a file or variable");
            });
    List<String> command =
        new ArrayList<>(List.of(decryption.program("openssl").toString(), "enc", "-d"));
    command.addAll(cipher);
    command.addAll(List.of("-pass", "file:" + keyFile));
    return command;
  }

  private DrillException wrongKind(String tool, String is) {
    return new DrillException(
        "the backup is encrypted with " + tool + ", but " + decryption.place() + " is " + is,
        "name the key that these backups are encrypted for");
  }

  private boolean begins(String start) {
    return text().startsWith(start);
  }

  private String text() {
    return new String(material, StandardCharsets.ISO_8859_1);
  }

  private String withoutSecrets(String said) {
    String clean = said;
    for (String line : text().split("\\R", -1)) {
      clean = line.length() < 4 ? clean : clean.replace(line, "***");
    }
    return clean;
  }

  /** Removes the key, and ends the agent that gpg leaves running. */
  @Override
  public void close() {
    Arrays.fill(material, (byte) 0);
    try {
      Files.deleteIfExists(keyFile);
      endAgent();
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DrillException(
          "what was made of the backups' key is still in " + folder, "remove that folder", e);
    }
  }

  private void endAgent() throws IOException {
    if (!Files.exists(folder.resolve("S.gpg-agent"))) {
      return;
    }
    Process ends =
        new ProcessBuilder(
                decryption.program("gpgconf").toString(),
                "--homedir",
                folder.toString(),
                "--kill",
                "all")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!ends.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        ends.destroyForcibly();
      }
    } catch (InterruptedException e) {
      ends.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package dev.drillbook.site.embedded.standin;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who may use an object store, and how it behaves: a file between a site, which writes it, and the
 * store's process, which reads it with every request. So a change holds from the next request on,
 * and over a restart.
 *
 * @param accounts by the names of their users
 * @param failPercent how many of every hundred requests are answered with 503
 */
public record S3Accounts(Map<String, Account> accounts, int failPercent) {
  /** Stands for every bucket among those that a user is denied. */
  public static final String ALL_BUCKETS = "*";

  private static final String FAIL_PERCENT = "failPercent";

  /**
   * One user.
   *
   * @param denied the buckets that are refused to it, or {@link #ALL_BUCKETS}
   */
  public record Account(String accessKey, String secretKey, Set<String> denied) {
    public Account {
      denied = Set.copyOf(denied);
    }

    /**
     * @param bucket empty for a request about all of them
     */
    boolean isDenied(Optional<String> bucket) {
      return denied.contains(ALL_BUCKETS) || bucket.filter(denied::contains).isPresent();
    }

    @Override
    public String toString() {
      return accessKey + ":********";
    }
  }

  public S3Accounts {
    accounts = Map.copyOf(accounts);
  }

  /** The account with that key. */
  Optional<Account> withKey(String accessKey) {
    return accounts.values().stream()
        .filter(account -> account.accessKey().equals(accessKey))
        .findFirst();
  }

  /** The same, with another account for {@code user}. */
  public S3Accounts with(String user, Account account) {
    Map<String, Account> changed = new LinkedHashMap<>(accounts);
    changed.put(user, account);
    return new S3Accounts(changed, failPercent);
  }

  /** The same, failing that often. */
  public S3Accounts failing(int percent) {
    return new S3Accounts(accounts, percent);
  }

  /** Reads what {@link #write} has written. */
  static S3Accounts read(Path file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    Map<String, Account> accounts = new LinkedHashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (!name.equals(FAIL_PERCENT)) {
        String[] parts = properties.getProperty(name).split(" ", -1);
        Set<String> denied = new TreeSet<>(Arrays.asList(parts).subList(2, parts.length));
        accounts.put(name.substring(1), new Account(parts[0], parts[1], denied));
      }
    }
    return new S3Accounts(accounts, Integer.parseInt(properties.getProperty(FAIL_PERCENT)));
  }

  /** Replaces {@code file} in one step, by one that only we can read. */
  public void write(Path file) throws IOException {
    write(file, ours -> {});
  }

  /**
   * Replaces {@code file} in one step, by one that only its owner can read.
   *
   * @param given tells the new file's owner before it takes the other's place
   */
  public void write(Path file, Consumer<Path> given) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(FAIL_PERCENT, String.valueOf(failPercent));
    accounts.forEach(
        (user, account) ->
            properties.setProperty(
                "@" + user,
                account.accessKey()
                    + " "
                    + account.secretKey()
                    + account.denied().stream()
                        .map(bucket -> " " + bucket)
                        .collect(Collectors.joining())));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text.toString());
    given.accept(unfinished);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

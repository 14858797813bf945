package dev.drillbook.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of checksums: lines {@code HASH name} as sha256sum and its like of GNU write them (a star
 * for a blank means binary), {@code SHA256 (name) = HASH} as those of BSD do, or one bare hash.
 *
 * @param byName the hashes by what is written for the file, without {@code ./} before it; the name
 *     of a bare one is empty
 * @param byLastName the names by their last part
 */
record SumsFile(Map<String, Sum> byName, Map<String, List<String>> byLastName) {

  /** More lines of it are not read: no backup has so many files. */
  private static final int MOST_LINES = 2_000_000;

  private static final int LONGEST_LINE = 10_000;

  private static final Pattern GNU =
      Pattern.compile("\\\\?(?<hash>\\p{XDigit}{32,128})(?:[ \\t]+\\*?(?<name>.+))?");
  private static final Pattern BSD =
      Pattern.compile("[A-Z0-9-]+ \\((?<name>.+)\\) ?= ?(?<hash>\\p{XDigit}{32,128})");

  /**
   * One hash.
   *
   * @param algorithm as {@link java.security.MessageDigest} calls it
   * @param hash in hexadecimal, lower case
   */
  record Sum(String algorithm, String hash) {

    static Optional<Sum> of(String hexadecimal) {
      String algorithm =
          switch (hexadecimal.length()) {
            case 32 -> "MD5";
            case 40 -> "SHA-1";
            case 64 -> "SHA-256";
            case 128 -> "SHA-512";
            default -> "";
          };
      return algorithm.isEmpty()
          ? Optional.empty()
          : Optional.of(new Sum(algorithm, hexadecimal.toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException if it cannot be read, or is something else; the message says which line
   */
  static SumsFile read(InputStream content) throws IOException {
    Map<String, Sum> byName = new LinkedHashMap<>();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = line(reader); line != null; line = line(reader)) {
      number++;
      if (number > MOST_LINES) {
        throw new IOException("it has more than " + MOST_LINES + " lines");
      }
      if (!line.isBlank()) {
        add(byName, line.strip(), number);
      }
    }
    if (byName.isEmpty()) {
      throw new IOException("it is empty");
    }
    return new SumsFile(
        byName, byName.keySet().stream().collect(Collectors.groupingBy(SumsFile::lastName)));
  }

  private static void add(Map<String, Sum> byName, String line, int number) throws IOException {
    Matcher matcher = GNU.matcher(line);
    if (!matcher.matches()) {
      matcher = BSD.matcher(line);
    }
    Optional<Sum> sum = matcher.matches() ? Sum.of(matcher.group("hash")) : Optional.empty();
    if (sum.isEmpty()) {
      throw new IOException(
          "its line " + number + " is no checksum of MD5, SHA-1, SHA-256 or SHA-512");
    }
    String name = Optional.ofNullable(matcher.group("name")).orElse("");
    byName.put(name.startsWith("./") ? name.substring(2) : name, sum.get());
  }

  /** A line without its end; null at the end of all. One without end must not fill the memory. */
  private static String line(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = reader.read()) {
      line.append((char) next);
      if (line.length() > LONGEST_LINE) {
        throw new IOException("it has a line of more than " + LONGEST_LINE + " letters");
      }
    }
    return line.toString();
  }

  /**
   * What is written for one file: its path relative to the folder that the sums are in; else the
   * one path that ends with that, since they are written from elsewhere too; else a bare hash that
   * is the only one.
   */
  Optional<String> nameOf(String relative) {
    if (byName.containsKey(relative)) {
      return Optional.of(relative);
    }
    List<String> elsewhere =
        byLastName.getOrDefault(lastName(relative), List.of()).stream()
            .filter(name -> name.endsWith("/" + relative))
            .toList();
    if (elsewhere.size() == 1) {
      return Optional.of(elsewhere.get(0));
    }
    return Optional.of("").filter(bare -> byName.size() == 1 && byName.containsKey(bare));
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

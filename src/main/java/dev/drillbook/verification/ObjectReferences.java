package dev.drillbook.verification;

import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Every object that a row of the database refers to is in the bucket, and is what the row says. Two
 * stores that were restored each to a moment of its own can be perfect, and still not fit together.
 *
 * @param sql yields an object's key, below the bucket's prefix and, if the database knows them, its
 *     hash and its size in bytes: a SHA-256 in hexadecimal (64 digits; the object is read), or an
 *     ETag as the store gives it. A row whose key is NULL refers to nothing; a hash or size that is
 *     NULL is not compared
 */
public record ObjectReferences(String name, Postgres database, String sql, ObjectPlace place)
    implements Check {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int ROWS_AT_ONCE = 500;
  private static final int REQUESTS_AT_ONCE = 4;

  public static Check objectsExist(
      String name, Postgres database, String sql, ObjectStore store, String bucket) {
    return new ObjectReferences(
        name, database, sql, new ObjectPlace(store.name(), bucket, "", store::connect));
  }

  private record Reference(String key, Optional<String> hash, Optional<Long> size) {}

  /** What was wrong so far, and how many references there were. */
  private static final class Tally {
    private final List<String> missing = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private long missingCount;
    private long differentCount;
    private long references;

    /** Keeps no more than are shown. */
    void add(Optional<Problem> problem) {
      references++;
      problem.ifPresent(
          found -> {
            List<String> examples = found.missing() ? missing : different;
            if (examples.size() < Finding.MAX_EXAMPLES) {
              examples.add(found.text());
            }
            missingCount += found.missing() ? 1 : 0;
            differentCount += found.missing() ? 0 : 1;
          });
    }
  }

  private record Problem(boolean missing, String text) {}

  @Override
  public Examined examine(Evidence evidence) throws Exception {
    Tally tally = new Tally();
    ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
    try (S3Client s3 = place.connect().get();
        Connection connection = database.connect()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false); // Or the driver fetches all rows at once.
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ROWS_AT_ONCE);
        try (ResultSet rows = statement.executeQuery(sql)) {
          List<Callable<Optional<Problem>>> looks = new ArrayList<>();
          while (rows.next()) {
            if (rows.getString(1) != null) {
              Reference reference = reference(rows);
              looks.add(() -> look(s3, reference));
            }
            if (looks.size() == ROWS_AT_ONCE) {
              await(threads, looks, tally);
              looks.clear();
            }
          }
          await(threads, looks, tally);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return new Examined(
        "%d references from %s to %s".formatted(tally.references, database.name(), place),
        tally.references,
        findings(tally));
  }

  private static Reference reference(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    Optional<String> hash =
        columns < 2 ? Optional.empty() : Optional.ofNullable(rows.getString(2)).map(String::strip);
    Optional<Long> size =
        columns < 3 || rows.getString(3) == null ? Optional.empty() : Optional.of(rows.getLong(3));
    return new Reference(rows.getString(1), hash, size);
  }

  private static void await(
      ExecutorService threads, List<Callable<Optional<Problem>>> looks, Tally tally)
      throws InterruptedException {
    for (Future<Optional<Problem>> look : threads.invokeAll(looks)) {
      try {
        tally.add(look.get());
      } catch (ExecutionException e) {
        throw new DrillException(
            "the object store could not be asked: " + e.getCause().getMessage(),
            "is it up? see its log",
            e.getCause());
      }
    }
  }

  private Optional<Problem> look(S3Client s3, Reference reference) throws IOException {
    try {
      HeadObjectResponse object =
          s3.headObject(request -> request.bucket(place.bucket()).key(place.key(reference.key())));
      if (reference.size().isPresent() && !reference.size().get().equals(object.contentLength())) {
        return different(
            reference, reference.size().get() + " bytes", object.contentLength() + " bytes");
      }
      if (reference.hash().isEmpty()) {
        return Optional.empty();
      }
      String expected = normal(reference.hash().get());
      String found =
          SHA256.matcher(expected).matches()
              ? sha256(s3, reference.key())
              : normal(String.valueOf(object.eTag()));
      return found.equals(expected) ? Optional.empty() : different(reference, expected, found);
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.of(new Problem(true, reference.key()));
      }
      throw e;
    }
  }

  private static Optional<Problem> different(Reference reference, String expected, String found) {
    return Optional.of(
        new Problem(
            false, reference.key() + ": the row says " + expected + ", the object is " + found));
  }

  private static String normal(String hash) {
    return hash.replace("\"", "").toLowerCase(Locale.ROOT);
  }

  private String sha256(S3Client s3, String key) throws IOException {
    try (InputStream content =
            s3.getObject(request -> request.bucket(place.bucket()).key(place.key(key)));
        DigestInputStream digested =
            new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private List<Finding> findings(Tally tally) {
    List<Finding> findings = new ArrayList<>();
    if (tally.missingCount > 0) {
      findings.add(
          Finding.fail(
                  name,
                  "every object that a row refers to is in " + place,
                  tally.missingCount + " of " + tally.references + " are not",
                  "is the bucket's backup older than the database's, or did only one of them come back?")
              .withExamples(tally.missing));
    }
    if (tally.differentCount > 0) {
      findings.add(
          Finding.fail(
                  name,
                  "every object is what its row says",
                  tally.differentCount + " of " + tally.references + " are not",
                  "were database and bucket restored to the same moment? is it the right version?")
              .withExamples(tally.different));
    }
    return findings;
  }
}

package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** So many of every hundred requests are answered with 503 SlowDown. */
@About(
    kind = About.Kind.OBJECTS,
    does = "so many of a hundred requests get 503 SlowDown",
    hits = "object store",
    needs = "it runs",
    undone = "all are answered again",
    bites = "a request fails")
public record FailRequests(ObjectStore target, int percent) implements Fault {
  private static final int LOOKS = 20;
  private static final int UNAVAILABLE = 503;

  public static Fault failRequests(ObjectStore target, int percent) {
    return new FailRequests(target, percent);
  }

  @Override
  public String name() {
    return "503 for " + percent + " % of the requests to " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "told to fail");
    return InForce.begin(
        scene,
        name(),
        List.of(),
        () -> target.failPercent(percent),
        this::look,
        () -> target.failPercent(0));
  }

  /**
   * Clients may try again by themselves, and so do ours: each look is one of their whole efforts.
   */
  private Bite look() {
    int failed = 0;
    long started = System.nanoTime();
    try (S3Client client = target.connect()) {
      for (int i = 0; i < LOOKS && failed == 0; i++) {
        try {
          client.listObjectsV2(request -> request.bucket(target.buckets().get(0)).maxKeys(1));
        } catch (S3Exception refused) {
          failed += refused.statusCode() == UNAVAILABLE ? 1 : 0;
        } catch (SdkException notAnswered) {
          return Bite.of(false, target.name() + " does not answer: " + notAnswered.getMessage());
        }
      }
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    return Bite.of(
        failed > 0,
        failed > 0 ? "a request failed" : LOOKS + " requests were answered in " + millis + " ms");
  }
}

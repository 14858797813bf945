package dev.drillbook.catalogue;

import dev.drillbook.timeline.DrillException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** How to reach S3, by the variables that every AWS tool reads. */
public record S3Settings(
    Optional<URI> endpoint, Optional<Region> region, Optional<AwsCredentials> credentials) {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  /** What a store that is not Amazon's takes, where it asks for a region at all. */
  private static final Region ANY = Region.US_EAST_1;

  static S3Settings of(Map<String, String> environment) {
    Optional<URI> endpoint =
        first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL").map(S3Settings::endpoint);
    return new S3Settings(
        endpoint,
        first(environment, "AWS_REGION", "AWS_DEFAULT_REGION")
            .map(Region::of)
            .or(() -> endpoint.map(other -> ANY)),
        credentials(environment));
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    return Stream.of(names)
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below: the exception's message would repeat what may hold a password.
    }
    throw new DrillException(
        "AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL holds no address of a store",
        "write its scheme, host and port and nothing else, e.g. https://minio.example:9000");
  }

  private static Optional<AwsCredentials> credentials(Map<String, String> environment) {
    Optional<String> key = first(environment, "AWS_ACCESS_KEY_ID");
    Optional<String> secret = first(environment, "AWS_SECRET_ACCESS_KEY");
    if (key.isPresent() != secret.isPresent()) {
      throw new DrillException(
          key.isPresent()
              ? "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"
              : "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not",
          "set both, or neither where a profile or a role has the keys");
    }
    return key.map(
        id ->
            first(environment, "AWS_SESSION_TOKEN")
                .<AwsCredentials>map(
                    token -> AwsSessionCredentials.create(id, secret.orElseThrow(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id, secret.orElseThrow())));
  }

  /** A client that gives up a connection after seconds, and an answer after a minute. */
  S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTS_WITHIN)
                    .socketTimeout(ANSWERS_WITHIN))
            .overrideConfiguration(settings -> settings.retryStrategy(RetryMode.STANDARD))
            .forcePathStyle(endpoint.isPresent())
            .crossRegionAccessEnabled(endpoint.isEmpty());
    endpoint.ifPresent(builder::endpointOverride);
    region.ifPresent(builder::region);
    credentials.map(StaticCredentialsProvider::create).ifPresent(builder::credentialsProvider);
    return builder.build();
  }

  @Override
  public String toString() {
    return endpoint.map(URI::toString).orElse("Amazon S3");
  }
}

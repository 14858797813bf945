package dev.drillbook.site.embedded.standin.aws;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The object store of the site, and nothing but that. */
final class S3Service implements AutoCloseable {
  private final URI endpoint;
  private final S3Client client;

  private S3Service(URI endpoint, AwsCredentials credentials, String region) {
    this.endpoint = endpoint;
    this.client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(region))
            .forcePathStyle(true)
            // S3Proxy closes connections at times where an upload comes in chunks.
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(10))
                    .socketTimeout(Duration.ofSeconds(60))
                    .proxyConfiguration(
                        ProxyConfiguration.builder()
                            .useSystemPropertyValues(false)
                            .useEnvironmentVariablesValues(false)
                            .build()))
            .overrideConfiguration(
                settings -> settings.defaultProfileFile(ProfileFile.aggregator().build()))
            .build();
  }

  /**
   * That of the environment, or of {@code --endpoint-url}.
   *
   * @throws AwsFailure if it is none of this machine's or its networks, or there are no keys
   */
  static S3Service of(Words words, Map<String, String> environment) throws AwsFailure {
    String endpoint =
        words
            .value("endpoint-url")
            .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_S3")))
            .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new AwsFailure(
                        AwsFailure.CONFIGURATION,
                        "Drillbook's own aws never goes to the real S3: there is neither"
                            + " AWS_ENDPOINT_URL nor --endpoint-url. Call it from a script of an"
                            + " object store, which finds one"));
    String key = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    URI uri = requireOurs(endpoint);
    if (key == null || secret == null) {
      throw new AwsFailure(
          AwsFailure.CONFIGURATION,
          "Unable to locate credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    String token = environment.get("AWS_SESSION_TOKEN");
    String region =
        words
            .value("region")
            .or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
            .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
            .orElse("us-east-1");
    return new S3Service(
        uri,
        token == null
            ? AwsBasicCredentials.create(key, secret)
            : AwsSessionCredentials.create(key, secret, token),
        region);
  }

  private static URI requireOurs(String endpoint) throws AwsFailure {
    URI uri;
    InetAddress[] addresses;
    try {
      uri = URI.create(endpoint);
      if (uri.getHost() == null) {
        throw new IllegalArgumentException(endpoint);
      }
      addresses = InetAddress.getAllByName(uri.getHost());
    } catch (IllegalArgumentException e) {
      throw new AwsFailure(AwsFailure.GENERAL, "Invalid endpoint: " + endpoint, e);
    } catch (UnknownHostException e) {
      throw cannotConnect(endpoint, e);
    }
    for (InetAddress address : addresses) {
      if (!address.isLoopbackAddress()
          && !address.isSiteLocalAddress()
          && !address.isLinkLocalAddress()) {
        throw new AwsFailure(
            AwsFailure.CONFIGURATION,
            "Drillbook's own aws goes to no public address, and "
                + endpoint
                + " is one: a drill must not reach a real cloud");
      }
    }
    return uri;
  }

  private static AwsFailure cannotConnect(String url, Exception cause) {
    return new AwsFailure(
        AwsFailure.GENERAL, "Could not connect to the endpoint URL: \"" + url + "\"", cause);
  }

  /**
   * Sends a request.
   *
   * @param operation its name, for the message if it is refused
   */
  <T> T call(String operation, Function<S3Client, T> request) throws AwsFailure {
    try {
      return request.apply(client);
    } catch (S3Exception e) {
      throw new AwsFailure(
          AwsFailure.SERVICE,
          "An error occurred (%s) when calling the %s operation: %s"
              .formatted(code(e, operation), operation, reason(e, operation)),
          e);
    } catch (SdkClientException e) {
      throw cannotConnect(endpoint.toString(), e);
    }
  }

  /** The answer to a HEAD has no body that could tell more. */
  private static boolean hasNoBody(String operation) {
    return operation.startsWith("Head");
  }

  private static String code(S3Exception e, String operation) {
    AwsErrorDetails details = e.awsErrorDetails();
    return hasNoBody(operation) || details == null || details.errorCode() == null
        ? String.valueOf(e.statusCode())
        : details.errorCode();
  }

  private static String reason(S3Exception e, String operation) {
    AwsErrorDetails details = e.awsErrorDetails();
    if (!hasNoBody(operation) && details != null && details.errorMessage() != null) {
      return details.errorMessage();
    }
    return switch (e.statusCode()) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 412 -> "Precondition Failed";
      case 503 -> "Service Unavailable";
      default -> "HTTP status " + e.statusCode();
    };
  }

  @Override
  public void close() {
    client.close();
  }
}

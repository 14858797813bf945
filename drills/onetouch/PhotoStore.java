package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Photos in the assets bucket of an S3 store. Its requests are signed here, by AWS's Signature
 * Version 4: Amazon's own client takes longer to load than all the rest of the server.
 */
final class PhotoStore {
  private static final String BUCKET = "assets";
  private static final String REGION = "us-east-1";
  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 2_000;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String url;
  private final String accessKey;
  private final String secretKey;

  PhotoStore(String url, String accessKey, String secretKey) {
    this.url = url;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** A photo's place: its key ends with the hash of its content, so that no other one gets it. */
  static Card.Photo named(String slug, byte[] content) {
    String etag = HexFormat.of().formatHex(digest("MD5", content));
    return new Card.Photo("cards/" + slug + "-" + etag, etag);
  }

  /**
   * Stores a photo, and returns once the store has said that it has it.
   *
   * @throws IOException if it did not
   */
  Card.Photo put(String slug, byte[] content) throws IOException {
    Card.Photo photo = named(slug, content);
    send("PUT", photo.key(), content, 200);
    return photo;
  }

  /** A photo that stays although nobody needs it costs a little room, and is no reason to fail. */
  void deleteQuietly(Card.Photo photo) {
    try {
      send("DELETE", photo.key(), new byte[0], 204);
    } catch (IOException e) {
      System.err.println("left in the bucket: " + photo.key() + ": " + e.getMessage());
    }
  }

  private void send(String method, String key, byte[] content, int done) throws IOException {
    URI address = URI.create(url + "/" + BUCKET + "/" + key);
    String time = STAMP.format(Instant.now());
    String hash = HexFormat.of().formatHex(digest("SHA-256", content));
    HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
    request.setRequestMethod(method);
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
    request.setRequestProperty("x-amz-date", time);
    request.setRequestProperty("x-amz-content-sha256", hash);
    request.setRequestProperty("Authorization", authorization(method, address, time, hash));
    if (method.equals("PUT")) {
      request.setDoOutput(true);
      request.setFixedLengthStreamingMode(content.length);
      try (OutputStream body = request.getOutputStream()) {
        body.write(content);
      }
    }
    int status = request.getResponseCode();
    String said = read(status < 400 ? request.getInputStream() : request.getErrorStream());
    if (status != done) {
      throw new IOException("S3 answered " + status + " to " + method + " " + key + ": " + said);
    }
  }

  /** To its end, so that the connection can be used again. */
  private static String read(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    try (body) {
      return new String(body.readAllBytes(), UTF_8).replaceAll("(?s).*<Code>(.*?)</Code>.*", "$1");
    }
  }

  private String authorization(String method, URI address, String time, String hash) {
    String names = "host;x-amz-content-sha256;x-amz-date";
    String canonical =
        String.join(
            "\n",
            method,
            address.getPath(),
            "",
            "host:" + address.getAuthority(),
            "x-amz-content-sha256:" + hash,
            "x-amz-date:" + time,
            "",
            names,
            hash);
    String day = time.substring(0, 8);
    String scope = day + "/" + REGION + "/s3/aws4_request";
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            time,
            scope,
            HexFormat.of().formatHex(digest("SHA-256", canonical.getBytes(UTF_8))));
    byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
    for (String part : new String[] {day, REGION, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(accessKey, scope, names, HexFormat.of().formatHex(hmac(key, toSign)));
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}

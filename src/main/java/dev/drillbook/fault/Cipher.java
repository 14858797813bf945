package dev.drillbook.fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts as ransomware does: well, and with a key that nobody keeps. AES-256 in GCM. */
final class Cipher {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final RandomGenerator chance;
  private final SecretKeySpec key;

  Cipher(RandomGenerator chance) {
    this.chance = chance;
    this.key = new SecretKeySpec(bytes(KEY_BYTES), "AES");
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    chance.nextBytes(bytes);
    return bytes;
  }

  /** The nonce, followed by what it was used for. */
  byte[] encrypt(byte[] plain) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try {
      encrypt(new ByteArrayInputStream(plain), sealed);
    } catch (IOException e) {
      throw new IllegalStateException("it is in memory", e);
    }
    return sealed.toByteArray();
  }

  /** The same, however long it is. */
  void encrypt(InputStream plain, OutputStream sealed) throws IOException {
    byte[] nonce = bytes(NONCE_BYTES);
    sealed.write(nonce);
    try (OutputStream out = new CipherOutputStream(sealed, aes(nonce))) {
      plain.transferTo(out);
    }
  }

  private javax.crypto.Cipher aes(byte[] nonce) {
    try {
      javax.crypto.Cipher aes = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(javax.crypto.Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in GCM", e);
    }
  }

  String encrypt(String plain) {
    return Base64.getEncoder().encodeToString(encrypt(plain.getBytes(StandardCharsets.UTF_8)));
  }
}

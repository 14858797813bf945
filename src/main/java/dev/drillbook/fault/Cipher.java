package dev.drillbook.fault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
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
    try {
      byte[] nonce = bytes(NONCE_BYTES);
      javax.crypto.Cipher aes = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(javax.crypto.Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = new byte[NONCE_BYTES + aes.getOutputSize(plain.length)];
      System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
      aes.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in GCM", e);
    }
  }

  String encrypt(String plain) {
    return Base64.getEncoder().encodeToString(encrypt(plain.getBytes(StandardCharsets.UTF_8)));
  }
}

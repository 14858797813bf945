package dev.drillbook.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What {@code openssl enc -aes-256-cbc -pbkdf2} writes, made here so that it is the same for a seed
 * and needs no OpenSSL: {@code Salted__}, the salt, and the ciphertext. Key and initialisation
 * vector come from 10,000 rounds of PBKDF2 with SHA-256, the defaults of openssl-enc(1).
 */
final class Salted {
  /** What it is decrypted with. */
  static final String OPTIONS = "-aes-256-cbc -pbkdf2";

  private static final int ROUNDS = 10_000;
  private static final int SALT = 8;
  private static final int KEY = 32;
  private static final int VECTOR = 16;

  private Salted() {}

  /**
   * @param password as the first line of the key's file
   * @param random where the salt is from
   */
  static byte[] encrypt(byte[] plain, String password, Random random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    try {
      PBEKeySpec spec =
          new PBEKeySpec(password.toCharArray(), salt, ROUNDS, (KEY + VECTOR) * Byte.SIZE);
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(derived, 0, KEY, "AES"),
          new IvParameterSpec(derived, KEY, VECTOR));
      byte[] head = "Salted__".getBytes(StandardCharsets.US_ASCII);
      byte[] file = Arrays.copyOf(head, head.length + SALT + cipher.getOutputSize(plain.length));
      System.arraycopy(salt, 0, file, head.length, SALT);
      int written = cipher.doFinal(plain, 0, plain.length, file, head.length + SALT);
      return Arrays.copyOf(file, head.length + SALT + written);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES and PBKDF2", e);
    }
  }
}

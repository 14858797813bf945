package dev.drillbook.verification;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Something of which only that much is there as a test needs. */
final class Fake {
  private Fake() {}

  /**
   * An object of {@code type} that does what {@code parts} has public methods for, by their names
   * and parameters, and refuses everything else.
   */
  static <T> T of(Class<T> type, Object parts) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Method part;
              try {
                part = parts.getClass().getMethod(method.getName(), method.getParameterTypes());
              } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.toString(), e);
              }
              try {
                part.setAccessible(true);
                return part.invoke(parts, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}

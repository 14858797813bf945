/**
 * OneTouch BizCard, a platform of digital business cards, and the drills of its recovery plan: its
 * tables and seed, the server ({@link onetouch.BizCard}), a service that stands for its e-mail
 * provider ({@link onetouch.MailSink}), and in {@code scripts/} what its team runs in a disaster.
 */
package onetouch;

package io.cnishift.adapters.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens by which AWS knows a request that it got before. What makes a thing has the same token after a crash, so that it is
 * not made twice; once it was answered, the next making of that name is another one. What changes a thing has a token of its
 * own each time: the same change asked for later is not the one of before, for the thing may have changed in between.
 */
final class Tokens {

    private static final int LENGTH = 40;

    private final Optional<String> migration;
    private final TimeSource time;
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();

    Tokens(Optional<String> migration, TimeSource time) {
        this.migration = migration;
        this.time = time;
    }

    /** For an act that makes what its target names. */
    String making(Act act) {
        return migration
                .map(id -> digest(id + "\n" + name(act) + "\n" + answered.getOrDefault(name(act), 0)))
                .orElseGet(() -> changing(act));
    }

    /** For an act that changes what its target names. */
    String changing(Act act) {
        return digest(migration.orElse("") + "\n" + name(act) + "\n" + time.now());
    }

    /** AWS has answered: another act like this one is a new one. */
    void answered(Act act) {
        answered.merge(name(act), 1, Integer::sum);
    }

    private static String name(Act act) {
        return act.getClass().getSimpleName() + " " + act.target();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

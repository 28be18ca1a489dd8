package io.cnishift.strategy.newcluster;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Keeps both clusters for that time, and asks these URLs in the second one now and then. */
record KeepBoth(Duration time, List<String> urls) {
    KeepBoth {
        Objects.requireNonNull(time);
        urls = List.copyOf(urls);
    }
}

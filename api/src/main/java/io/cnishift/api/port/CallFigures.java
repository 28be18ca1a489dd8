package io.cnishift.api.port;

import java.time.Duration;
import java.util.Objects;

/**
 * What the requests of one operation of an API came to, in one process.
 *
 * @param operation such as {@code ec2:DescribeVpcs} or {@code list pods}
 * @param calls requests that were asked for; repeats are not counted
 * @param retries repeats
 * @param failures calls that failed for good; "not found" is an answer and no failure
 * @param totalSeconds time of all requests, repeats included and the pauses before them left out
 * @param longestSeconds the longest request
 */
public record CallFigures(
        String operation, long calls, long retries, long failures, Duration totalSeconds, Duration longestSeconds) {

    public CallFigures {
        Objects.requireNonNull(operation);
        Objects.requireNonNull(totalSeconds);
        Objects.requireNonNull(longestSeconds);
    }

    /** How long one request took on average. */
    public Duration mean() {
        return totalSeconds.dividedBy(Math.max(1, calls + retries));
    }
}

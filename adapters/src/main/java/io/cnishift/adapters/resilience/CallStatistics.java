package io.cnishift.adapters.resilience;

import java.time.Duration;

/**
 * What the requests of one operation came to.
 *
 * @param calls requests that were asked for; repeats are not counted
 * @param retries repeats
 * @param failures calls that failed for good; "not found" is an answer and no failure
 * @param total time of all attempts, waiting between them left out
 * @param longest the longest attempt
 */
record CallStatistics(String operation, long calls, long retries, long failures, Duration total, Duration longest) {}

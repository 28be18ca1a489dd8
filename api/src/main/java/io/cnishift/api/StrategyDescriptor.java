package io.cnishift.api;

import java.util.Map;

/**
 * The name card of a strategy.
 *
 * @param id lower-case words joined by hyphens, unique among all strategies found
 * @param title a few words for a table
 * @param summary one sentence: what it changes
 * @param apiVersion the API it was written for; the host refuses others than {@link #API_VERSION}
 * @param options record whose components carry {@link Option}; an empty record when there are none
 * @param codes every finding code that the strategy may report, with its explanation in full sentences
 */
public record StrategyDescriptor(
        String id,
        String title,
        String summary,
        int apiVersion,
        Class<? extends Record> options,
        Map<String, String> codes) {

    /** The version of this API. */
    public static final int API_VERSION = 1;

    public StrategyDescriptor {
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("strategy id '" + id + "' is not lower-case words joined by hyphens");
        }
        codes = Map.copyOf(codes);
    }
}

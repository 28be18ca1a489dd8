package io.cnishift.adapters.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Following the pages of a list, and cutting a list of ids into requests. */
final class Pages {

    private Pages() {}

    /**
     * All items of a paged list.
     *
     * @param page fetches the page of a token, the first one without a token
     * @param next the token of the page after; null or empty on the last one
     */
    static <P, T> List<T> all(
            Function<@Nullable String, P> page, Function<P, List<T>> items, Function<P, @Nullable String> next) {
        List<T> all = new ArrayList<>();
        @Nullable String token = null;
        do {
            P here = page.apply(token);
            all.addAll(items.apply(here));
            token = next.apply(here);
        } while (token != null && !token.isEmpty());
        return all;
    }

    /** The items of several requests, each with at most that many of the ids. */
    static <T> List<T> batches(Collection<String> ids, int most, Function<List<String>, List<T>> request) {
        List<String> rest = List.copyOf(ids);
        List<T> all = new ArrayList<>();
        for (int from = 0; from < rest.size(); from += most) {
            all.addAll(request.apply(rest.subList(from, Math.min(rest.size(), from + most))));
        }
        return all;
    }
}

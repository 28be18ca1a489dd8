package io.cnishift.adapters.guard;

import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * What an answer of Prometheus' instant query says about a guard. As with an alerting rule, a query that returns samples is red and
 * one that returns none is green; a query that cannot but return something (a number) cannot be judged.
 */
final class PrometheusAnswer {

    private static final int OK = 200;

    private PrometheusAnswer() {}

    static Look judge(int status, String body) {
        Map<String, Object> answer;
        try {
            answer = tree(body);
        } catch (RuntimeException e) {
            return Look.unknown("Prometheus answered " + status + " and no JSON");
        }
        if (status != OK || !Tree.text(answer, "status").orElse("").equals("success")) {
            return Look.unknown("Prometheus answered " + status + ": "
                    + Tree.text(answer, "error").orElse("without an error"));
        }
        String type = Tree.text(answer, "data", "resultType").orElse("");
        if (!type.equals("vector")) {
            return Look.unknown("the query returns a " + type
                    + "; write it as that of an alerting rule, such as up{job=\"api\"} == 0");
        }
        List<Map<String, Object>> result = Tree.maps(answer, "data", "result");
        return result.isEmpty()
                ? Look.green("the query returns nothing")
                : Look.red("the query returns " + Tree.map(result.get(0), "metric") + " with the value "
                        + last(result.get(0)));
    }

    private static String last(Map<String, Object> sample) {
        List<Object> value = Tree.list(sample, "value");
        return value.isEmpty() ? "" : String.valueOf(value.get(value.size() - 1));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String body) {
        return Serialization.unmarshal(body, Map.class);
    }
}

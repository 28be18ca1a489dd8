package io.cnishift.adapters.aws;

import io.cnishift.adapters.guard.Look;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Operation;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * The states of CloudWatch alarms, of metrics and composite ones. A request that fails is not repeated: it is asked again on
 * schedule, and who asks counts.
 */
final class AlarmApi {

    private static final Operation DESCRIBE = Operation.aws("cloudwatch", "DescribeAlarms");

    private final Supplier<CloudWatchClient> client;

    AlarmApi(Supplier<CloudWatchClient> client) {
        this.client = client;
    }

    /** The state of the alarm of that name. */
    Look look(String name) {
        DescribeAlarmsRequest request = DescribeAlarmsRequest.builder()
                .alarmNames(name)
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                .build();
        try {
            return judge(client.get().describeAlarms(request));
        } catch (RuntimeException e) {
            Optional<Fault> fault = new AwsFaults().judge(DESCRIBE, e);
            return Look.unknown(
                    fault.map(f -> f.reason() + "; " + f.remedy()).orElseGet(() -> String.valueOf(e.getMessage())));
        }
    }

    private static Look judge(DescribeAlarmsResponse response) {
        return Stream.concat(
                        response.metricAlarms().stream().map(a -> judge(a.stateValue(), a.stateReason())),
                        response.compositeAlarms().stream().map(a -> judge(a.stateValue(), a.stateReason())))
                .findFirst()
                .orElseGet(() -> Look.unknown("there is no alarm of that name in this account and region"));
    }

    private static Look judge(StateValue state, String reason) {
        String words = state + (reason == null ? "" : ": " + reason);
        return switch (state) {
            case OK -> Look.green(words);
            case ALARM -> Look.red(words);
            default -> Look.unknown(words);
        };
    }
}

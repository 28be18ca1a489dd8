package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cnishift.adapters.guard.Look;
import io.cnishift.api.port.GuardPort.Verdict;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

final class AlarmApiTest {

    private final CloudWatchClient client = mock(CloudWatchClient.class);
    private final AlarmApi alarms = new AlarmApi(() -> client);

    private void answers(DescribeAlarmsResponse.Builder response) {
        when(client.describeAlarms(any(DescribeAlarmsRequest.class))).thenReturn(response.build());
    }

    private static MetricAlarm metric(StateValue state) {
        return MetricAlarm.builder()
                .alarmName("a")
                .stateValue(state)
                .stateReason("5 > 3")
                .build();
    }

    @Test
    void judgesTheStateOfAnAlarm() {
        answers(DescribeAlarmsResponse.builder().metricAlarms(metric(StateValue.OK)));
        assertThat(alarms.look("a").verdict()).isEqualTo(Verdict.GREEN);
        answers(DescribeAlarmsResponse.builder().metricAlarms(metric(StateValue.ALARM)));
        assertThat(alarms.look("a")).isEqualTo(Look.red("ALARM: 5 > 3"));
        answers(DescribeAlarmsResponse.builder()
                .compositeAlarms(
                        CompositeAlarm.builder().stateValue(StateValue.ALARM).build()));
        assertThat(alarms.look("a").verdict()).isEqualTo(Verdict.RED);
    }

    @Test
    void doesNotKnowAnAlarmThatHasNoStateOrIsNotThere() {
        answers(DescribeAlarmsResponse.builder().metricAlarms(metric(StateValue.INSUFFICIENT_DATA)));
        assertThat(alarms.look("a").verdict()).isEqualTo(Verdict.UNKNOWN);
        answers(DescribeAlarmsResponse.builder());
        assertThat(alarms.look("a").evidence()).startsWith("there is no alarm of that name");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        when(client.describeAlarms(any(DescribeAlarmsRequest.class))).thenThrow(AwsErrors.denied());
        Look look = alarms.look("a");
        assertThat(look.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(look.evidence()).contains("cloudwatch:DescribeAlarms");
    }
}

{{- define "portal.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "portal.labels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "portal.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "portal.fullname" .root }}-{{ .component }}
spec:
  selector:
    {{- include "portal.labels" . | nindent 4 }}
  ports:
    - port: {{ .port }}
{{- end }}

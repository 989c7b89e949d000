/** The stable code of a getUserMedia failure, by the name of the exception. */
export function cameraErrorCode(name: string): string {
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'permission_denied';
    case 'SecurityError':
      return 'permission_policy_blocked';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return 'no_camera';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'camera_in_use';
    case 'OverconstrainedError':
    case 'ConstraintNotSatisfiedError':
      return 'camera_overconstrained';
    default:
      return 'camera_failed';
  }
}

import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { errorFor, sentenceOf } from '../../api/problem';
import type { Role, Schema } from '../../api/types';
import { useSessionAccess } from '../../app/session';
import { useSubmit } from '../../app/use-submit';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Notice } from '../../components/notice';
import { SelectField } from '../../components/select';
import { toast } from '../../components/toast';
import { roleNames, roleOptions, roleTexts } from './roles';

type Administrator = Schema<'Administrator'>;

export function RoleDialog(props: {
  readonly administrator: Administrator;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { administrator, onClose, onChanged } = props;
  const { refresh } = useSessionAccess();
  const form = useSubmit();
  const [role, setRole] = useState<Role>(administrator.role);
  const change = (wanted: Role) =>
    api.patch('/administrators/{administrator}', {
      path: { administrator: administrator.id },
      body: { role: wanted },
    });
  const undo = async () => {
    const result = await change(administrator.role);
    toast(
      result.ok
        ? { text: `${administrator.name} is ${roleNames[administrator.role]} again` }
        : { tone: 'danger', text: sentenceOf(result.problem) },
    );
    onChanged();
  };
  const save = () =>
    void form.send(
      () => change(role),
      () => {
        onClose();
        onChanged();
        void refresh();
        toast({ text: `${administrator.name} is now ${roleNames[role]}`, undo: () => void undo() });
      },
    );
  return (
    <Dialog
      title={`Role of ${administrator.name}`}
      size="s"
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={role === administrator.role}>
            Change role
          </Button>
        </>
      }
    >
      {form.problem !== null && (
        <Notice tone="danger" live>
          {sentenceOf(form.problem)}
        </Notice>
      )}
      <SelectField
        label="Role"
        options={roleOptions}
        value={role}
        onValue={setRole}
        help={roleTexts[role]}
        error={errorFor(form.problem, 'role')}
      />
    </Dialog>
  );
}

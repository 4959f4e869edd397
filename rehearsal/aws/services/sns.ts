import type { PublishCommandInput, PublishCommandOutput } from '@aws-sdk/client-sns';
import type { Operations, Reply } from '../call.ts';
import type { World } from '../world.ts';

/** SNS: messages are kept for the runner to read. */
export const sns = (world: World): Operations => {
  const publish = (input: PublishCommandInput): Reply<PublishCommandOutput> => {
    const { TopicArn, Subject, Message = '' } = input;
    world.messages.push({ at: Date.now(), topicArn: TopicArn, subject: Subject, message: Message });
    return { MessageId: `00000000-0000-4000-8000-${String(world.messages.length).padStart(12, '0')}` };
  };
  return { Publish: publish };
};

import type { PublishCommandInput, PublishCommandOutput } from '@aws-sdk/client-sns';
import type { Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** SNS: messages are kept for the runner to read. */
export const sns = (world: World): Operations => {
  const publish = (input: PublishCommandInput): Reply<PublishCommandOutput> => {
    const { TopicArn, Subject, Message = '', MessageAttributes = {} } = input;
    if (Buffer.byteLength(Message) > 262_144)
      throw new SimulatedError('InvalidParameter', 'Invalid parameter: Message too long');
    const attributes = Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    );
    world.messages.push({ at: Date.now(), topicArn: TopicArn, subject: Subject, message: Message, attributes });
    return { MessageId: `00000000-0000-4000-8000-${String(world.messages.length).padStart(12, '0')}` };
  };
  return { Publish: publish };
};
